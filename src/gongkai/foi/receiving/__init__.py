"""From what an applicant sends, or says at the counter, to a registered request (条例第二十九条、第三十一条)."""
