# The iterators of itertools in the middle, with what they share.
# expect: product True
# expect: permutations True
# expect: combinations True
# expect: combinations_with_replacement True
# expect: cycle True
# expect: zip_longest True
# expect: islice True
# expect: count True
# expect: chain True
# expect: accumulate True
# expect: pairwise True
# expect: compress True
# expect: repeat True
# expect: starmap True
# expect: filterfalse True
# expect: takewhile True
# expect: dropwhile True
# expect: ['a', 'a'] [('b', ['b'])]
# expect: [2, 3] [1, 2, 3]
# expect: bad state of 'itertools.permutations' object in pickle
# expect: bad state of 'itertools.cycle' object in pickle
import itertools
import pickle

iterators = (
    itertools.product('ab', 'cd'), itertools.permutations([1, 2, 3], 2), itertools.combinations([1, 2, 3], 2),
    itertools.combinations_with_replacement('ab', 2), itertools.cycle([1, 2]), itertools.zip_longest('ab', 'c'),
    itertools.islice(range(10), 2, 8, 2), itertools.count(3, 2), itertools.chain('ab', 'cd'),
    itertools.accumulate([1, 2, 3]), itertools.pairwise([1, 2, 3]), itertools.compress('abc', [1, 0, 1]),
    itertools.repeat(3, 4), itertools.starmap(pow, [(2, 3), (3, 2)]), itertools.filterfalse(None, [0, 1, 0]),
    itertools.takewhile(bool, [1, 1, 0]), itertools.dropwhile(bool, [1, 0, 1, 0]))
for iterator in iterators:
    next(iterator)
    copy = pickle.loads(pickle.dumps(iterator))
    print(type(iterator).__name__, list(itertools.islice(iterator, 4)) == list(itertools.islice(copy, 4)))
whole = itertools.groupby('aab')
_, group = next(whole)
group, whole = pickle.loads(pickle.dumps((group, whole)))
print(list(group), [(key, list(items)) for key, items in whole])
a, b = itertools.tee([1, 2, 3])
next(a)
a, b = pickle.loads(pickle.dumps((a, b)))
print(list(a), list(b))
for iterator, good, bad in ((itertools.permutations('abc', 1), b'K\x01K\x02K\x03t', b'K\x01K\x09K\x03t'),
                            (itertools.cycle('ab'), b'NNK\x00K\x00t', b'NNK\x07K\x00t')):
    data = pickle.dumps(iterator)
    if good not in data:
        good, bad = b'NK\x00K\x00t', b'NK\x07K\x00t'
    try:
        pickle.loads(data.replace(good, bad))
    except pickle.UnpicklingError as error:
        print(error)
