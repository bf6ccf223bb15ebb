# What is thrown into a generator that has not started is not seen by its handlers.
def caught():
    try:
        yield 1
    except ValueError:
        print('never')
    finally:
        print('never')


g = caught()
try:
    g.throw(ValueError('x'))
except ValueError as e:
    print('raised', e)
print(list(g))


async def coroutine():
    try:
        pass
    finally:
        print('never')


c = coroutine()
try:
    c.throw(KeyError('k'))
except KeyError as e:
    print('raised', e)
try:
    c.send(None)
except RuntimeError as e:
    print(e)
