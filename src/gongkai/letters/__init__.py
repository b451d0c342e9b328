"""Letters of the office: what they say as dated wording, blocks for paper, numbers, and a last reading."""
