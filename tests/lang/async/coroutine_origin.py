# A coroutine remembers where it was made, as deep as the program asks.
import sys
import warnings


async def f():
    pass


def make():
    return f()


def outer():
    return make()


def show(coroutine):
    origin = coroutine.cr_origin
    coroutine.close()
    return origin and [(line, name) for _, line, name in origin]


print(sys.get_coroutine_origin_tracking_depth(), show(outer()))
for depth in (1, 2, 10):
    sys.set_coroutine_origin_tracking_depth(depth)
    print(sys.get_coroutine_origin_tracking_depth(), show(outer()))
made = outer()
print(made.cr_origin[0][0] == __file__)
made.close()
for wrong in (-1, "a"):
    try:
        sys.set_coroutine_origin_tracking_depth(wrong)
    except (ValueError, TypeError) as e:
        print(e)
sys.set_coroutine_origin_tracking_depth(0)
print(show(outer()))


async def use():
    sys.set_coroutine_origin_tracking_depth(2)
    inner = f()
    print(show(inner))


try:
    use().send(None)
except StopIteration:
    pass
