# stderr: whole
print("start"
y = 2
