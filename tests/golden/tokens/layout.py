if x:
    y = (1,
         2)  # inside parentheses no layout

    # a comment line has no layout
    if z: pass
	
else:
  w = 1 + \
      2
