# The module operator: functions of _operator, and the classes itemgetter, attrgetter and methodcaller.
import _operator, operator, pickle, copy
from operator import *
print(itemgetter(1), itemgetter(1,'a'), attrgetter('a.b','c'), methodcaller('x',1,k=2), methodcaller('y'))
print(itemgetter(1)([1,2]), itemgetter(0,-1)((1,2,3)), itemgetter('k')({'k':5}), itemgetter(slice(1,3))('abcd'))
print(sorted([(3,1),(1,2)],key=itemgetter(1,0)))
for g in (itemgetter(1),itemgetter(1,2),attrgetter('real'),attrgetter('real','imag'),methodcaller('split'),methodcaller('split',maxsplit=1), methodcaller('encode','utf-8',errors='strict')):
    for c in (pickle.loads(pickle.dumps(g)), copy.copy(g), copy.deepcopy(g)):
        assert repr(c)==repr(g),(c,g)
    print(g.__reduce__())
print(methodcaller('split',',',maxsplit=1)('a,b,c'), attrgetter('real','imag')(3), attrgetter('__class__.__name__')(3))
def t(f,*a,**k):
    try: print(f(*a,**k))
    except Exception as e: print(type(e).__name__, e)
t(itemgetter); t(attrgetter); t(methodcaller); t(attrgetter,1); t(methodcaller,1); t(itemgetter,1,k=2); t(attrgetter,'a',k=1)
t(itemgetter(1)); t(itemgetter(1),1,2); t(itemgetter(1),a=1); t(itemgetter(5),[1]); t(itemgetter('x'),{}); t(attrgetter('x'),1);t(methodcaller('nope'),1); t(attrgetter('a'));t(methodcaller('a'))
t(_operator._compare_digest,'a','b'); t(_operator._compare_digest,b'ab',b'ab'); t(_operator._compare_digest,'\xe4','b'); t(_operator._compare_digest,1,'b')
for n in 'lt le eq ne gt ge add sub mul truediv floordiv mod pow iadd isub imul ifloordiv'.split(): print(n,getattr(operator,n)(7,3))
for n in 'lshift rshift and_ or_ xor ilshift ior'.split(): print(n,getattr(operator,n)(7,3))
print(neg(1),pos(-1),inv(5),invert(True),concat([1],[2]),countOf([1,1],1),indexOf([3,4],4),length_hint([1]))
l=[1]; m=iadd(l,[2]); print(m is l, l); setitem(l,0,9); delitem(l,1); print(l, getitem(l,0), add.__module__, add.__name__, type(add), itemgetter.__module__, itemgetter.__name__)
class V:
    def __getitem__(s,i): return ('item',i)
    def __getattr__(s,n): return V() if n=='v' else n
    def __add__(s,o): return 'added'
    def __bool__(s): return False
    def __eq__(s,o): return 'eq'
    def m(s,*a,**k): return a,k
print(itemgetter(1,2)(V()), attrgetter('v.w','x')(V()), add(V(),1), not_(V()), eq(V(),1), methodcaller('m',1,2,k=3)(V()))
print(pickle.loads(pickle.dumps(add)) is add, pickle.dumps(add), pickle.dumps(itemgetter(1)))
