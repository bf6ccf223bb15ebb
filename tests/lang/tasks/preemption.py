# expect: True True
# expect: both made progress: True
import stackless
counts = [0, 0]
def spin(i):
    while True:
        counts[i] += 1
a = stackless.tasklet(spin)(0)
b = stackless.tasklet(spin)(1)
victims = []
for _ in range(6):
    victim = stackless.run(1000)
    victims.append(victim)
    victim.insert()
print(a in victims, b in victims)
print("both made progress:", counts[0] > 0 and counts[1] > 0)
# Whoever stays in the ring would run when the other one ends.
for t in (a, b):
    t.remove()
    t.kill()
