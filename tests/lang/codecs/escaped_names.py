# \N{...} in the encoding unicode-escape.
for data in (rb'\N{DIGIT ONE}', rb'a\N{latin small letter a with diaeresis}b', rb'\N{LINE FEED}'):
    print(ascii(data.decode('unicode-escape')))
for data in (rb'\N{no such name}xx', rb'\N', rb'\Nx', rb'\N{', rb'\N{}', rb'\N{DIGIT ONE'):
    for errors in ('strict', 'ignore', 'replace'):
        try:
            print(ascii(data.decode('unicode-escape', errors)))
        except UnicodeDecodeError as error:
            print(error)
import unicodedata
print(ascii(unicodedata.lookup('LINE FEED')))
for name in ('LINE FEED', 'TAMIL SYLLABLE SAI', 'DIGIT ONE'):
    try:
        print(ascii(unicodedata.ucd_3_2_0.lookup(name)))
    except KeyError as error:
        print(error)
