#include "engine/description.h"

#include <span>
#include <string>
#include <string_view>

#include "engine/device_types.h"
#include "engine/engine.h"
#include "engine/fade_curve.h"
#include "params/json_writer.h"

namespace mixwell::engine {

namespace {

using params::JsonWriter;

void writeNames(JsonWriter& json, std::string_view key, std::span<const std::string_view> names) {
  json.beginArray(key);
  for (const std::string_view name : names) json.item(name);
  json.endArray();
}

// A reading of a bus: "tap" and "momentaryLufs" are "tap.momentaryLufs".
void writeTelemetryNames(JsonWriter& json) {
  json.beginArray("telemetry");
  for (const std::string_view name : telemetryNames) json.item(name);
  for (const std::string_view bus : busMeterNames) {
    for (const std::string_view reading : meter::busReadingNames) {
      json.item(std::string(bus).append(".").append(reading));
    }
  }
  json.endArray();
}

void writeSizes(JsonWriter& json) {
  json.beginObject("sizes");
  json.number("quantumFrames", quantumFrames);
  json.number("pageFrames", pageFrames);
  json.number("pageFloats", pageFloats);
  json.number("maxTracks", maxTracks);
  json.number("maxSources", maxSources);
  json.number("maxClips", maxClips);
  json.number("maxPageSlots", maxPageSlots);
  json.number("commandCapacity", commandCapacity);
  json.number("requestCapacity", requestCapacity);
  json.number("clipFields", clipFields);
  json.number("sendFields", sendFields);
  json.number("insertFields", insertFields);
  json.number("pointFields", pointFields);
  json.number("tempoFields", tempoFields);
  json.number("maxSends", maxSends);
  json.number("maxInserts", maxInserts);
  json.number("maxAllInserts", maxAllInserts);
  json.number("maxAutomationPoints", maxAutomationPoints);
  json.number("maxTempoChanges", maxTempoChanges);
  json.number("probeCount", probeCount);
  json.number("probeReadouts", params::maxReadouts);
  json.number("minLoopFrames", static_cast<double>(minLoopFrames));
  json.number("allTracks", allTracks);
  json.number("masterTrack", masterTrack);
  json.number("masteringChain", masteringChain);
  json.number("referenceBus", referenceBus);
  json.number("noKey", noKey);
  json.endObject();
}

}  // namespace

std::string describeEngine() {
  JsonWriter json;
  json.beginObject();
  json.text("version", MIXWELL_VERSION);
  writeSizes(json);
  writeNames(json, "opcodes", opcodeNames);  // the first is 1
  writeNames(json, "commandErrors", commandErrorNames);
  writeNames(json, "fadeCurves", fadeCurveNames);
  writeNames(json, "outputs", outputNames);
  writeNames(json, "probes", probeNames);
  writeNames(json, "pointShapes", pointShapeNames);
  writeTelemetryNames(json);
  writeNames(json, "busMeters", busMeterNames);
  writeNames(json, "busReadings", meter::busReadingNames);
  writeNames(json, "auditions", auditionNames);
  writeNames(json, "levels", levelNames);
  writeNames(json, "levelFlags", levelFlagNames);
  json.table("strip", channelParams);
  json.table("master", masterParams);
  json.beginArray("devices");
  for (const DeviceType& type : deviceTypes()) {
    json.beginObject();
    json.text("id", type.table->id);
    json.text("name", type.table->name);
    json.table("params", type.table->params);
    json.beginArray("readouts");
    for (const params::ReadoutInfo& readout : type.table->readouts) {
      json.beginObject();
      json.text("id", readout.id);
      json.text("unit", readout.unit);
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }
  json.endArray();
  json.endObject();
  return json.take();
}

}  // namespace mixwell::engine
