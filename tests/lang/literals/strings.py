print('a' "b" '''c''' """d
e""", 'it''s', "a\
b", '\x41\u00e9\U0001f600\N{BULLET}\101\0'.encode(), r'\n\'', b'\x00\xffabc', rb'\x', Rb"a\b", u"u", '\t|\a\b\f\v|'.encode())
print(len("""
x"""), "\'\"\\", '"', "'", '\
', b"a" b"b")
