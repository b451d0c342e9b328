"""Official documents (公文) on paper: blocks in, DOCX and PDF laid out by GB/T 9704-2012 out."""
