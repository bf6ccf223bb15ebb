# What is written as a global takes one number of the memo, however often it comes.
import pickle

for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    text = ['shared']
    rows = [NotImplemented, NotImplemented, ..., (..., NotImplemented), int, int, text, text]
    back = pickle.loads(pickle.dumps(rows, protocol))
    print(back == rows, back[6] is back[7], len(pickle.dumps(rows, protocol)))
