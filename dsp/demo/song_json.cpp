#include "demo/song_json.h"

#include <cstdint>
#include <string_view>
#include <vector>

#include "demo/demo_stem.h"
#include "demo/song.h"

namespace mixwell::demo {

namespace {

/// Writes objects and arrays whose strings need no escapes and whose numbers have at most two decimals.
class JsonWriter {
 public:
  JsonWriter& open(char bracket) {
    separate();
    text_ += bracket;
    first_ = true;
    return *this;
  }
  JsonWriter& close(char bracket) {
    text_ += bracket;
    first_ = false;
    return *this;
  }
  JsonWriter& key(std::string_view name) {
    separate();
    text_.append("\"").append(name).append("\":");
    first_ = true;
    return *this;
  }
  JsonWriter& field(std::string_view name, const char* value) {
    key(name);
    text_.append("\"").append(value).append("\"");
    first_ = false;
    return *this;
  }
  JsonWriter& field(std::string_view name, std::int64_t value) {
    key(name);
    text_ += std::to_string(value);
    first_ = false;
    return *this;
  }
  JsonWriter& field(std::string_view name, double value) {
    const auto cents = static_cast<std::int64_t>(value * 100.0 + (value < 0.0 ? -0.5 : 0.5));
    const std::int64_t size = cents < 0 ? -cents : cents;
    key(name);
    if (cents < 0) text_ += '-';
    text_ += std::to_string(size / 100);
    if (size % 100 != 0) text_.append({'.', static_cast<char>('0' + size % 100 / 10)});
    if (size % 10 != 0) text_ += static_cast<char>('0' + size % 10);
    first_ = false;
    return *this;
  }
  std::string take() { return std::move(text_); }

 private:
  void separate() {
    if (!first_) text_ += ',';
    first_ = false;
  }

  std::string text_;
  bool first_ = true;
};

void writeClip(JsonWriter& json, const Track& track, const Clip& clip, double rateHz) {
  const auto take = static_cast<std::size_t>(clip.take);
  const std::int64_t start = frameOfBar(clip.startBar, rateHz);
  const std::int64_t end = frameOfBar(clip.endBar, rateHz);
  const std::int64_t intoTake = start - frameOfBar(track.takes[take].startBar, rateHz);
  json.open('{')
      .field("name", clip.name)
      .field("startFrame", start)
      .field("offsetFrames", takeStartsOf(track, rateHz)[take] + intoTake)
      .field("lengthFrames", end - start)
      .field("gainDb", clip.gainDb)
      .field("fadeInFrames", frameOfBar(1.0 + clip.fadeInBars, rateHz))
      .field("fadeOutFrames", frameOfBar(1.0 + clip.fadeOutBars, rateHz))
      .close('}');
}

void writeTrack(JsonWriter& json, const Track& track, double rateHz) {
  json.open('{')
      .field("name", track.name)
      .field("kind", track.kind)
      .field("colour", track.colour)
      .field("channels", static_cast<std::int64_t>(track.channels))
      .field("frames", takeStartsOf(track, rateHz).back());
  json.key("params").open('{').field("volumeDb", track.volumeDb).field("pan", track.pan).close('}');
  json.key("clips").open('[');
  for (const Clip& clip : track.clips) writeClip(json, track, clip, rateHz);
  json.close(']').close('}');
}

}  // namespace

std::string describeSong(double sampleRateHz) {
  JsonWriter json;
  json.open('{').field("name", "Glass Harbour").field("sampleRateHz", sampleRateHz);
  json.key("tempo")
      .open('{')
      .field("bpm", kTempoBpm)
      .field("beatsPerBar", static_cast<std::int64_t>(kBeatsPerBar))
      .field("beatUnit", std::int64_t{4})
      .close('}');
  json.field("endFrame", frameOfBar(kTailEndBar, sampleRateHz));
  json.key("master")
      .open('{')
      .key("params")
      .open('{')
      .field("volumeDb", kRoughMasterDb)
      .close('}')
      .close('}');
  json.key("markers").open('[');
  for (const Section& section : songSections()) {
    json.open('{')
        .field("name", section.name)
        .field("startFrame", frameOfBar(section.startBar, sampleRateHz))
        .field("endFrame", frameOfBar(section.endBar, sampleRateHz))
        .close('}');
  }
  json.close(']').key("tracks").open('[');
  for (const Track& track : songTracks()) writeTrack(json, track, sampleRateHz);
  return json.close(']').close('}').take();
}

}  // namespace mixwell::demo
