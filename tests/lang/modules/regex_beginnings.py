# Where matches may begin, and which branches are worth a try, is told before they are tried.
import random
import re
import zlib
pats=[r'Python|Perl', r'(Python|Perl)', r'(?:a|ab)(?:c|bcd)(?:d*)', r'\bfoo\b', r'(?i)hello', r'[^a-z]+x', r'(a*)*b', r'(?=abc)a', r'(?!abc)[a-c]+', r'(?<=x)y', r'^$', r'', r'a{2,3}?b', r'(?:ab){2,}', r'(x+x+)+y', r'\w+@\w+\.com', r'é+', r'[а-я]+', r'(?i)ß|É', r'.*?end', r'(?s).+', r'(a)?(?(1)b|c)', r'(?P<n>a)(?P=n)', r'\d{3}-\d{4}', r'[\w.]+', r'(?:|a)b', r'$', r'\Z', r'(?m)^b', r'(?>a+)b', r'a++b', r'(?:ab)*+c', r'[^\x00-\x7f]', r'\s*,\s*', r'a|b|c|d|', r'(?:(?:a|b)|c)+d', r'(?:a?){3}b', r'(ab|a)(bc|c)?', r'(?i)[k-m]+', r'(?i)\u212a']
random.seed(7)
texts=['', 'Python and Perl', 'ababcd', 'foo foobar foo', 'HeLLo hello', 'aaab', 'xxxxy xxxxxx', 'bob@site.com', 'éé ÉÉ ßSS привет Мир', 'line1\nb end\nend', 'aab aaab', '555-1234', ' , ,', 'K\u212akKlm', 'c ab ac bc', 'x'*40+'y']
texts+=[''.join(random.choice('abcdxy \n') for _ in range(random.randrange(20))) for _ in range(30)]
for p in pats:
    r=re.compile(p)
    out=[]
    for t in texts:
        out.append([(m.span(), m.groups(), m.lastindex) for m in r.finditer(t)])
        m=r.match(t); out.append(m and m.span()); m=r.fullmatch(t); out.append(m and m.span())
        out.append(r.split(t)); out.append(r.sub('<\\g<0>>', t))
        out.append([m.span() for m in r.finditer(t, 2, 9)])
        try: b=t.encode('latin-1'); rb=re.compile(p.encode('latin-1'))
        except (UnicodeEncodeError, re.error): continue
        out.append([(m.span(), m.groups()) for m in rb.finditer(b)])
    print(p, zlib.crc32(repr(out).encode()))
