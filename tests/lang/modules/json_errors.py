# Where the text of JSON is wrong, and how that is said.
import json, stat

for text in ('"\x01"', '"a\\q"', '"abc', '"\\u12"', '"\\', '{"a": }', '[1,', '', 'nul', '{"a" 1}', '[1] x', '{1: 2}',
             '["\\u00zz"]', '"tab\there"', '[1,]', '{"a":1,}', '-', '01', '"\\ud800"'):
    try:
        print(ascii(json.loads(text)))
    except json.JSONDecodeError as error:
        print(error, error.pos, error.lineno, error.colno)
print(json.loads('"a\tb"', strict=False) == 'a\tb')
for mode in (0o600, 0o100755, 0o41777, 0o104644, 0o120777, 0o60000, 0o20666, 0o10600, 0o140000, 0o102070):
    print(stat.filemode(mode), end=' ')
print()
