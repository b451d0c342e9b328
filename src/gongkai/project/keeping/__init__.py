"""Not losing anything: a copy while others write, its way back, and what shows that both are whole."""
