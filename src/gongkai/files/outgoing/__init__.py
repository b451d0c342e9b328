"""What a file would take out of the house unseen: looked through before anything leaves. No Django."""
