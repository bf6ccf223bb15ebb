# Groups inside of more than ten groups are not shown.
# stderr: whole

e=ValueError("leaf")
for i in range(15):
    e=ExceptionGroup(f"level {i}", [e])
raise e
