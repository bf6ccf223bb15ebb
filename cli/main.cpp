// The program `lisle`.
#include "commands.h"

int main(int argc, char** argv) {
  return lisle::cli::run_command(lisle::cli::parse_options(argc, argv));
}
