async def fail():
    raise ValueError("async")
async def main():
    try:
        await fail()
    except ValueError as e:
        return f"caught {e}"
try:
    main().send(None)
except StopIteration as e:
    print(e.value)
c = main()
try:
    c.throw(KeyError("thrown"))
except KeyError as e:
    print(e)
d = fail()
try:
    d.send(None)
except ValueError:
    print("value error")
try:
    d.send(None)
except RuntimeError as e:
    print(e)
