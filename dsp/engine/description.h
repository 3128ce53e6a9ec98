#pragma once

#include <string>

namespace mixwell::engine {

/// Everything that TypeScript has to know of the engine, as JSON: sizes, opcodes, layouts and the tables of
/// parameters. The build reads it once; never on the audio thread.
std::string describeEngine();

}  // namespace mixwell::engine
