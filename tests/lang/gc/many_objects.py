# modes: -gc a collection at each allocation of a large heap takes minutes
class Node:
    def __init__(self, v, nxt): self.v, self.next = v, nxt
def build(n):
    head = None
    for i in range(n):
        head = Node(i, head)
    return head
total = 0
for _ in range(20):
    n = build(2000)
    while n:
        total += n.v
        n = n.next
print(total)
keep = [[i, str(i), {i: (i,)}] for i in range(3000)]
for _ in range(20):
    [[j] for j in range(3000)]
print(keep[1234], len(keep))
