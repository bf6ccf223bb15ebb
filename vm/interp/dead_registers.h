// Clears what the frames of the running tasklet hold without need.
#pragma once

namespace lisle::rt {
struct Runtime;
}

namespace lisle::interp {

// The collector scans frames word by word, so a temporary that nobody reads again keeps its object alive.
// A program that asks for a collection expects to see gone what it has dropped: this forgets such
// temporaries first. To be called from a native of the running tasklet.
void clear_dead_registers(rt::Runtime& rt);

}  // namespace lisle::interp
