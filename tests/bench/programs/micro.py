# One figure for each thing programs do all the time: nanoseconds of processor time for one turn of a small loop.
# Every function gets the count of turns; `measure` takes the best of several runs.
import sys
import time


class Point:
    __slots__ = ()
    scale = 3

    def __eq__(self, other):
        return self is other


class Plain:
    total = 0

    def __init__(self, x, y=2):
        self.x = x
        self.y = y

    @property
    def area(self):
        return self.x

    def method(self, a):
        return a

    def add(self, a, b=1, *, c=2):
        return a

    @classmethod
    def named(cls, a):
        return a

    @staticmethod
    def free(a):
        return a


class Derived(Plain):
    def method(self, a):
        return super().method(a)

    def __len__(self):
        return 4

    def __getitem__(self, i):
        return i

    def __add__(self, other):
        return other


def function(a, b=1, *, c=2):
    return a


def spread(*args, **kwargs):
    return args


def attribute_read(n):
    o = Plain(1)
    for _ in range(n):
        o.x; o.y; o.x; o.y


def attribute_write(n):
    o = Plain(1)
    for _ in range(n):
        o.x = 1
        o.y = 2
        o.x = 3
        o.y = 4


def attribute_of_class(n):
    o = Plain(1)
    for _ in range(n):
        o.total; Plain.total; o.total; Plain.total


def property_read(n):
    o = Plain(1)
    for _ in range(n):
        o.area
        o.area


def method_call(n):
    o = Plain(1)
    for _ in range(n):
        o.method(1)
        o.method(2)


def method_polymorphic(n):
    objects = [Plain(1), Derived(1)] * 2
    for _ in range(n):
        for o in objects:
            o.x
            o.named(2)


def method_super(n):
    o = Derived(1)
    for _ in range(n):
        o.method(1)


def method_class_static(n):
    o = Plain(1)
    for _ in range(n):
        o.named(1)
        o.free(1)
        Plain.named(1)
        Plain.free(1)


def method_builtin(n):
    l = [1]
    for _ in range(n):
        l.append(2)
        l.pop()
        "abc".startswith("a")


def operator_special(n):
    o = Derived(1)
    for _ in range(n):
        o[1]
        o + 1
        len(o)


def construct(n):
    for _ in range(n):
        Plain(1)
        Plain(1, 2)


def call_function(n):
    f = lambda a: a
    for _ in range(n):
        f(1)
        f(2)


def call_default(n):
    for _ in range(n):
        function(1)
        function(1, 2)


def call_keyword(n):
    o = Plain(1)
    for _ in range(n):
        function(1, b=2)
        function(a=1, c=3)
        o.add(1, b=2, c=3)


def call_spread(n):
    args = (1, 2)
    keywords = {"b": 2}
    for _ in range(n):
        spread(1, 2)
        spread(*args)
        function(1, **keywords)


def call_closure(n):
    def outer(x):
        def inner(a):
            nonlocal x
            x += a
            return x
        return inner
    f = outer(1)
    for _ in range(n):
        f(1)
        f(2)


def call_builtin(n):
    l = [1, 2]
    for _ in range(n):
        len(l)
        abs(-3)
        min(1, 2)
        max(1, 2)
        ord("a")
        chr(97)


def is_instance(n):
    o = Derived(1)
    for _ in range(n):
        isinstance(o, Plain)
        isinstance(1, (str, int))
        isinstance(o, int)
        issubclass(Derived, Plain)


def convert_types(n):
    for _ in range(n):
        int("12")
        str(12)
        float(3)
        bool(1)


def string_add_in_loop(n):
    s = ""
    for _ in range(n):
        s += "x"


def string_format(n):
    for i in range(n):
        f"{i} is {i!r}"
        "%d %s" % (i, "a")
        "{} {}".format(i, "a")


def string_join(n):
    for _ in range(n):
        "".join(["a", "b", "c", "d"])
        "a" + "b"


def string_methods(n):
    s = "hello world, hello"
    for _ in range(n):
        s.split(" ")
        s.replace("hello", "bye")
        s.find("world")
        s.upper()
        s.strip()


def string_compare(n):
    a, b = "hello", "help"
    for _ in range(n):
        a == b
        a < b
        "ell" in a
        a[1] == "e"


def dict_get_set(n):
    d = {i: i for i in range(100)}
    for _ in range(n):
        d[5] = 6
        d[5]
        d.get(7)
        7 in d


def dict_get_set_str(n):
    d = {"alpha": 1, "beta": 2}
    key = "".join(["be", "ta"])
    for _ in range(n):
        d["alpha"] = 6
        d["alpha"]
        d.get(key)
        key in d


def dict_tuple_keys(n):
    d = {(i, i): i for i in range(50)}
    for i in range(n):
        d[(5, 5)]
        d[(i & 31, 5)] = 1


def dict_build(n):
    for _ in range(n):
        {"a": 1, "b": 2, "c": 3}
        d = {}
        d[1] = 2
        d[2] = 3
        del d[1]


def dict_methods(n):
    d = {"a": 1, "b": 2}
    for _ in range(n):
        d.copy()
        d.setdefault("a", 2)
        d.update({"b": 3})
        d.pop("c", None)


def set_operations(n):
    a, b = {1, 2, 3, 4}, {3, 4, 5}
    for i in range(n):
        a | b
        a & b
        a - b
        3 in a


def set_add_remove(n):
    s = set()
    for i in range(n):
        s.add(i & 63)
        s.discard(i & 31)
        i in s


def list_build(n):
    for _ in range(n):
        [1, 2, 3]
        [0] * 8
        [1, 2] + [3]
        list((1, 2, 3))


def list_methods(n):
    l = [3, 1, 2]
    for _ in range(n):
        l.index(2)
        l.insert(0, 5)
        l.reverse()
        l.remove(5)
        l.sort()


def list_sort(n):
    data = [(i * 7919) % 100 for i in range(100)]
    for _ in range(n // 50):
        sorted(data)
        sorted(data, key=lambda x: -x)


def comprehension_list(n):
    r = range(10)
    for _ in range(n):
        [x for x in r]
        [x + 1 for x in r if x > 3]


def comprehension_other(n):
    r = range(10)
    for _ in range(n):
        {x for x in r}
        {x: x for x in r}
        sum(x for x in r)


def slice_list(n):
    l = list(range(20))
    for _ in range(n):
        l[2:10]
        l[:]
        l[::2]
        l[-3:]


def slice_string(n):
    s = "hello world, hello"
    for _ in range(n):
        s[2:10]
        s[:5]
        s[::2]
        s[-1]


def slice_assign(n):
    l = list(range(20))
    for _ in range(n):
        l[2:4] = [1, 2]
        l[0] = l[1]


def unpack(n):
    t = (1, 2, 3)
    for _ in range(n):
        a, b, c = t
        a, b = b, a
        a, *b = t


def for_range(n):
    for _ in range(n // 10):
        for x in range(10):
            pass


def iterating(values):
    def loop(n):
        for _ in range(n // 10):
            for x in values:
                pass
    return loop


def for_zip(n):
    a, b = list(range(10)), list(range(10))
    for _ in range(n // 10):
        for x, y in zip(a, b):
            pass


def for_enumerate(n):
    a = list(range(10))
    for _ in range(n // 10):
        for i, x in enumerate(a):
            pass


def for_map_filter(n):
    a = list(range(10))
    f = lambda x: x
    for _ in range(n // 10):
        for x in map(f, a):
            pass
        for x in filter(None, a):
            pass


def for_reversed(n):
    a = list(range(10))
    for _ in range(n // 10):
        for x in reversed(a):
            pass


def for_items(n):
    d = {i: i for i in range(10)}
    for _ in range(n // 10):
        for k, v in d.items():
            pass
        for v in d.values():
            pass


def for_generator(n):
    def count():
        i = 0
        while i < 10:
            yield i
            i += 1
    for _ in range(n // 10):
        for x in count():
            pass


def for_instance(n):
    class Count:
        def __init__(self):
            self.i = 0

        def __iter__(self):
            return self

        def __next__(self):
            self.i += 1
            if self.i > 10:
                raise StopIteration
            return self.i
    for _ in range(n // 10):
        for x in Count():
            pass


def exception_try(n):
    for _ in range(n):
        try:
            pass
        except ValueError:
            pass
        try:
            pass
        finally:
            pass


def exception_raise(n):
    for _ in range(n):
        try:
            raise ValueError("x")
        except ValueError:
            pass


def exception_from_builtin(n):
    d = {}
    for _ in range(n):
        try:
            d["missing"]
        except KeyError as e:
            pass


def exception_through_calls(n):
    def inner():
        raise KeyError

    def outer():
        inner()
    for _ in range(n):
        try:
            outer()
        except KeyError:
            pass


def with_statement(n):
    class Manager:
        def __enter__(self):
            return self

        def __exit__(self, *args):
            return None
    m = Manager()
    for _ in range(n):
        with m:
            pass


def arithmetic_int(n):
    a, b = 12345, 67
    for _ in range(n):
        a + b; a - b; a * b; a // b; a % b; a & b; a << 3; -a


def arithmetic_float(n):
    a, b = 123.45, 6.7
    for _ in range(n):
        a + b; a - b; a * b; a / b; a < b; -a


def arithmetic_big(n):
    a, b = 1 << 200, (1 << 150) + 7
    for _ in range(n):
        a + b; a * b; a // b; a % b


def compare_is_none(n):
    a, b = None, [1]
    for _ in range(n):
        if a is None:
            pass
        if not b:
            pass
        if b is not None and b:
            pass


def global_names(n):
    global counter
    counter = 0
    for _ in range(n):
        counter = counter + 1
        counter; len


LOOPS = [attribute_read, attribute_write, attribute_of_class, property_read, method_call, method_polymorphic,
         method_super, method_class_static, method_builtin, operator_special, construct, call_function, call_default,
         call_keyword, call_spread, call_closure, call_builtin, is_instance, convert_types, string_add_in_loop,
         string_format, string_join, string_methods, string_compare, dict_get_set, dict_get_set_str, dict_tuple_keys,
         dict_build, dict_methods, set_operations, set_add_remove, list_build, list_methods, list_sort,
         comprehension_list, comprehension_other, slice_list, slice_string, slice_assign, unpack, for_range, for_zip,
         for_enumerate, for_map_filter, for_reversed, for_items, for_generator, for_instance, exception_try,
         exception_raise, exception_from_builtin, exception_through_calls, with_statement, arithmetic_int,
         arithmetic_float, arithmetic_big, compare_is_none, global_names]
ITERATED = {"list": list(range(10)), "tuple": tuple(range(10)), "str": "abcdefghij", "bytes": b"abcdefghij",
            "dict": dict.fromkeys(range(10)), "set": set(range(10)), "bytearray": bytearray(b"abcdefghij")}


def measure(name, loop, seconds):
    clock = time.process_time
    n = 100
    while True:
        start = clock()
        loop(n)
        took = clock() - start
        if took > seconds / 10:
            break
        n *= 4
    best = took / n
    turns = max(100, int(seconds / 4 / best))
    for _ in range(4):
        start = clock()
        loop(turns)
        best = min(best, (clock() - start) / turns)
    print("%s %.1f" % (name, best * 1e9), flush=True)


def main(seconds, parts):
    loops = [(f.__name__, f) for f in LOOPS]
    loops += [("for_" + name, iterating(values)) for name, values in ITERATED.items()]
    for name, loop in loops:
        if not parts or any(part in name for part in parts):
            measure(name, loop, seconds)


main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.1, sys.argv[2:])
