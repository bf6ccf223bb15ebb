# Callbacks of collect(), what objects refer to, and which can lead anywhere.
# expect: start 2 ['collected', 'generation', 'uncollectable']
# expect: stop 2 ['collected', 'generation', 'uncollectable']
# expect: [1, 1, 0]
# expect: [0, 0, 0, 1, 2, 3, 4]
# expect: [] True True
# expect: False False False False False False False False False False
# expect: True True True True True True
# expect: ValueError ValueError TypeError
import gc


def told(phase, info):
    print(phase, info['generation'], sorted(info))


before = [row['collections'] for row in gc.get_stats()]
gc.callbacks.append(told)
gc.collect()
gc.callbacks.remove(told)
gc.collect(0)
gc.collect(1)
after = [row['collections'] for row in gc.get_stats()]
print([a - b - (g == 2) for g, (a, b) in enumerate(zip(after, before))])
print(sorted(gc.get_referents([1, 2], {3: 4}, (0, 0, 0))))


class C:
    pass


c = C()
c.x = c
held = gc.get_referents(c)
print(gc.get_referents(1, 'a', 4j), C in held, c.__dict__ in held)
print(*map(gc.is_tracked, (1, 1.0, 1j, True, None, 'a', b'a', (), {}, {'a': 1})))
print(*map(gc.is_tracked, ([], set(), c, C, {'a': []}, type('I', (int,), {})())))
for wrong in (-1, 3, '1'):
    try:
        gc.get_objects(wrong)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, end='\n' if wrong == '1' else ' ')
