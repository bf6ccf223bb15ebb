import unicodedata as u

for c in 'aé½²一가ﬁ(\u0301\U0001f600\u0378\ue000Ⅷ':
    print(hex(ord(c)), u.name(c, None), u.category(c), u.bidirectional(c), u.combining(c), u.east_asian_width(c),
          u.mirrored(c), u.decomposition(c), u.numeric(c, None), u.digit(c, None), u.decimal(c, None))
for name in ('LATIN SMALL LETTER A', 'HANGUL SYLLABLE GAG', 'CJK UNIFIED IDEOGRAPH-4E00', 'KEYCAP NUMBER SIGN', 'null'):
    print(ascii(u.lookup(name)))
print(ascii(u.normalize('NFD', 'é')), ascii(u.normalize('NFKC', 'ﬁ')), u.is_normalized('NFC', 'e\u0301'))
old = u.ucd_3_2_0
print(old.unidata_version, old.category('\U0001f600'), old.name('a'), old.normalize('NFC', 'e\u0301'))
for f in (lambda: u.name('\0'), lambda: u.name('ab'), lambda: u.decimal('a'), lambda: u.digit('a'),
          lambda: u.numeric('a'), lambda: u.lookup('xxx'), lambda: u.normalize('XX', 'a'), lambda: u.category(1),
          lambda: u.normalize('NFC', 5), lambda: u.lookup('x' * 300), lambda: old.name('\U0001f600')):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print('bücher.example'.encode('idna'), b'xn--bcher-kva.example'.decode('idna'))
