# What json.loads makes of texts, and what it says of wrong ones.
import json
from json.decoder import scanstring


def show(text, **options):
    try:
        print(repr(json.loads(text, **options)))
    except (TypeError, ValueError, RecursionError) as error:
        print(type(error).__name__, error)


for text in ('null', 'true', 'false', '0', '-0', '-1', '12345678901234567890123', '999999999999999999', '-999999999999999999',
             '1.5', '-0.0', '1e5', '1E+5', '2e-3', '1.5e300', '1e999', '-1e999', 'NaN', 'Infinity', '-Infinity', '""',
             '"a"', ' [ ] ', '{ }', '[1,2]', '[ 1 , [ 2 ] , { "a" : 3 } ]', '{"a":1,"b":{"c":[]},"a":2}', '\n\t\r 1 \n',
             r'"\"\\\/\b\f\n\r\t"', r'"\u00e4\u2603\ud83d\ude00"', r'"\ud83d"', r'"\ud83d\u0041"', r'"\ud83dx"',
             r'"\ude00\ud83d"', r'"a\u0000b"', '"ä☃😀"', '{"ä":"☃","😀":1}', '["ä",1.5,12,{"a":1}]', '["☃",1.5,12,{"a":1}]',
             '["😀",1.5,12,-3e2,NaN,{"a":1,"a":2}]'):
    show(text)
for text in ('', ' ', 'nul', 'nulll', 'tru', 'x', '01', '1.', '1.e5', '.5', '-', '-x', '+1', '1e', '1e+', '--1', 'Infinit',
             '-Infinit', 'Na', '"', '"a', '"\\', '"\\x"', '"\\u"', '"\\u12"', '"\\u12x4"', '"\\u1234', '"\\ud83d\\u12"', '"\\ud83d\\uxxxx"', '"\n"',
             '"a\x1f"', '[', '[1', '[1,', '[1,]', '[,1]', '[1 2]', '[1}', '{', '{"a"', '{"a":', '{"a":1', '{"a":1,',
             '{"a":1,}', '{,}', '{1:2}', '{"a" 1}', '{"a":1 "b":2}', '{"a":}', '{"a', '[1]x', '1 2', '[[[', ']', '}',
             '{"a":[1,{"b":]}', '["ä", x]', '["☃", "\\x"]', '\ufeff1'):
    show(text)
show('"a\n\tb"', strict=False)
show('[1, 2.5, -3, 4e2, NaN, Infinity, -Infinity]', parse_int=lambda s: 'i' + s, parse_float=lambda s: 'f' + s,
     parse_constant=lambda s: 'c' + s)
show('["☃", 1, 2.5]', parse_int=float, parse_float=str)
show('{"a": {"b": 1}, "c": {}}', object_hook=lambda d: sorted(d.items()))
show('{"a": {"b": 1, "b": 2}, "c": {}}', object_pairs_hook=lambda pairs: tuple(pairs))
show('{"a": {"b": 1}}', object_pairs_hook=list, object_hook=dict)
show('[1]', parse_int=lambda s: 1 / 0 if s == '2' else int(s))
show('1' * 5000)
show('-' + '1' * 30)
show(b'["bytes"]')
show(1)
for depth in 10, 900:
    nested, levels = json.loads("[" * depth + "]" * depth), 1
    while nested:
        nested, levels = nested[0], levels + 1
    print(levels)
show('[' * 100000 + ']' * 100000)
show('{"a":' * 100000 + '1' + '}' * 100000)

# Equal keys are one object, in whatever way they are written.
a, b, c = json.loads(r'[{"key one": 1, "x": {"key one": 2}}, {"key\u0020one": 3}, {"key one": "key one"}]')
print(len({id(key) for d in (a, b, c, a['x']) for key in d if key != 'x'}))
wide = {f'{"k" * (i % 50)}{i}': i for i in range(3000)}
text = json.dumps([wide, wide])
first, second = json.loads(text)
print(first == second == wide, all(x is y for x, y in zip(first, second)), list(first) == list(wide))
print(json.loads(json.dumps(wide, indent=1)) == wide)

decoder = json.JSONDecoder()
print(decoder.raw_decode('[1] rest'), decoder.raw_decode('x [1] rest', 2))
for text, at in ('a', 5), ('[1]', -1), ('"ab"c', 1), ('a"', 0), ('abc', 4), ('abc', -1):
    try:
        print(scanstring(text, at) if at <= 1 and '"' in text else decoder.scan_once(text, at))
    except (ValueError, StopIteration) as error:
        print(type(error).__name__, error, getattr(error, 'value', None))
for arguments in ((b'x', 0), ('"x"', 'y'), ('x', 9)):
    try:
        print(scanstring(*arguments))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
