x = y + 1
