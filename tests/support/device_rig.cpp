#include "support/device_rig.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <random>

namespace mixwell::test {

namespace {

const engine::DeviceType& typeOf(std::string_view id) {
  const int type = engine::deviceTypeOf(id);
  REQUIRE(type >= 0);
  return engine::deviceTypes()[static_cast<std::size_t>(type)];
}

}  // namespace

DeviceRig::DeviceRig(std::string_view id, double sampleRateHz, std::size_t sourceChannels)
    : device_(typeOf(id), {.sampleRateHz = sampleRateHz, .sourceChannels = sourceChannels}),
      sampleRateHz_(sampleRateHz) {
  context_.framesPerBeat = sampleRateHz / 2.0;
}

std::size_t DeviceRig::indexOf(std::string_view param) const {
  const auto params = device_->table().params;
  const auto found = std::find_if(params.begin(), params.end(), [&](const auto& p) { return p.id == param; });
  INFO(param);
  REQUIRE(found != params.end());
  return static_cast<std::size_t>(found - params.begin());
}

DeviceRig& DeviceRig::set(std::string_view param, double value) {
  INFO(param << " " << value);
  REQUIRE(device_->setParam(indexOf(param), value, 0));
  return *this;
}

DeviceRig& DeviceRig::choose(std::string_view param, std::string_view choice) {
  const auto choices = device_->table().params[indexOf(param)].choices;
  const auto found = std::find(choices.begin(), choices.end(), choice);
  INFO(param << " " << choice);
  REQUIRE(found != choices.end());
  return set(param, static_cast<double>(found - choices.begin()));
}

DeviceRig& DeviceRig::at(std::int64_t songFrame) {
  context_.songFrame = songFrame;
  return *this;
}

DeviceRig& DeviceRig::turn(std::string_view param, double value) {
  INFO(param << " " << value);
  REQUIRE(params::setByHand(*device_, indexOf(param), value, sampleRateHz_));
  return *this;
}

float DeviceRig::readout(std::string_view id) const {
  const auto infos = device_->table().readouts;
  const auto found = std::find_if(infos.begin(), infos.end(), [&](const auto& r) { return r.id == id; });
  REQUIRE(found != infos.end());
  REQUIRE(device_->readouts().size() == infos.size());
  return device_->readouts()[static_cast<std::size_t>(found - infos.begin())];
}

Stereo DeviceRig::run(Stereo in, unsigned seed, const Stereo* key) {
  std::mt19937 random(seed);
  const std::size_t frames = in.left.size();
  for (std::size_t at = 0; at < frames;) {
    const std::size_t wanted = seed == 0 ? 128 : 1 + random() % 400;
    const std::size_t block = std::min(wanted, frames - at);
    context_.keyLeft = key != nullptr ? key->left.data() + at : nullptr;
    context_.keyRight = key != nullptr ? key->right.data() + at : nullptr;
    device_->process(in.left.data() + at, in.right.data() + at, block, context_);
    context_.songFrame += static_cast<std::int64_t>(block);
    at += block;
  }
  return in;
}

}  // namespace mixwell::test
