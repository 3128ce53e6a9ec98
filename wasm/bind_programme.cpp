// The analysis of a whole programme, for TypeScript: web/src/engine/programme.ts is the typed face.
#include <emscripten/bind.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "meter/programme_analysis.h"

namespace {

using mixwell::meter::BandSpectrum;

class ProgrammeAnalysis {
 public:
  ProgrammeAnalysis(uint32_t sampleRateHz, size_t channels, bool spectrum) {
    analysis_.prepare({.sampleRateHz = sampleRateHz, .channels = channels, .spectrum = spectrum});
  }

  void add(uintptr_t address, size_t stride, size_t frames) {
    analysis_.process(reinterpret_cast<const float*>(address), stride, frames);
  }
  void finish() { analysis_.finish(); }

  double frames() const { return static_cast<double>(analysis_.frames()); }
  double integratedLufs() const { return analysis_.loudness().integratedLufs(); }
  double loudnessRangeLu() const { return analysis_.loudness().loudnessRangeLu(); }
  double maxMomentaryLufs() const { return analysis_.loudness().maxMomentaryLufs(); }
  double maxShortTermLufs() const { return analysis_.loudness().maxShortTermLufs(); }
  double correlation() const { return analysis_.correlation(); }
  double monoShare() const { return analysis_.monoShare(); }
  double silentHead() const { return static_cast<double>(analysis_.silentHead()); }
  double silentTail() const { return static_cast<double>(analysis_.silentTail()); }

  double truePeak(size_t channel) const { return static_cast<double>(analysis_.truePeak(channel)); }
  double truePeakFrame(size_t channel) const { return static_cast<double>(analysis_.truePeakFrame(channel)); }
  double samplePeak(size_t channel) const { return static_cast<double>(analysis_.samplePeak(channel)); }
  double rms(size_t channel) const { return analysis_.rms(channel); }
  double dc(size_t channel) const { return analysis_.dc(channel); }
  double clippedRuns(size_t channel) const { return static_cast<double>(analysis_.clippedRuns(channel)); }
  // So many doubles at placesAddress.
  size_t clippedPlaces(size_t channel) {
    const auto places = analysis_.clippedPlaces(channel);
    places_.assign(places.begin(), places.end());
    return places_.size();
  }
  double overs() const { return static_cast<double>(analysis_.overs()); }
  // Frame, channel and true peak of each.
  size_t overPlaces() {
    places_.clear();
    for (const auto& over : analysis_.overPlaces()) {
      places_.insert(places_.end(), {static_cast<double>(over.frame), static_cast<double>(over.channel),
                                     static_cast<double>(over.truePeak)});
    }
    return places_.size();
  }
  // Centre, left, right, cross and highest of each band.
  size_t bands() {
    places_.clear();
    for (size_t band = 0; band < BandSpectrum::bands; ++band) {
      const auto power = analysis_.spectrum().band(band);
      places_.insert(places_.end(), {BandSpectrum::centreHz(band), power.left, power.right, power.cross,
                                     analysis_.spectrum().highest(band)});
    }
    return places_.size();
  }
  // Lower edge, usual and loud level of each wide band.
  size_t spreads() {
    places_.clear();
    for (size_t band = 0; band < BandSpectrum::wideBands; ++band) {
      const auto spread = analysis_.spectrum().spread(band);
      places_.insert(places_.end(),
                     {BandSpectrum::lowEdgeHz(BandSpectrum::wideEdges[band]), spread.usualDb, spread.loudDb});
    }
    return places_.size();
  }
  uintptr_t placesAddress() const { return reinterpret_cast<uintptr_t>(places_.data()); }

  // Four floats a moment: momentary, short-term, true peak, correlation.
  size_t moments() const { return analysis_.history().size(); }
  uintptr_t momentsAddress() const { return reinterpret_cast<uintptr_t>(analysis_.history().data()); }

 private:
  mixwell::meter::ProgrammeAnalysis analysis_;
  std::vector<double> places_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(mixwell_programme) {
  emscripten::class_<ProgrammeAnalysis>("ProgrammeAnalysis")
      .constructor<uint32_t, size_t, bool>()
      .function("add", &ProgrammeAnalysis::add)
      .function("finish", &ProgrammeAnalysis::finish)
      .function("frames", &ProgrammeAnalysis::frames)
      .function("integratedLufs", &ProgrammeAnalysis::integratedLufs)
      .function("loudnessRangeLu", &ProgrammeAnalysis::loudnessRangeLu)
      .function("maxMomentaryLufs", &ProgrammeAnalysis::maxMomentaryLufs)
      .function("maxShortTermLufs", &ProgrammeAnalysis::maxShortTermLufs)
      .function("correlation", &ProgrammeAnalysis::correlation)
      .function("monoShare", &ProgrammeAnalysis::monoShare)
      .function("silentHead", &ProgrammeAnalysis::silentHead)
      .function("silentTail", &ProgrammeAnalysis::silentTail)
      .function("truePeak", &ProgrammeAnalysis::truePeak)
      .function("truePeakFrame", &ProgrammeAnalysis::truePeakFrame)
      .function("samplePeak", &ProgrammeAnalysis::samplePeak)
      .function("rms", &ProgrammeAnalysis::rms)
      .function("dc", &ProgrammeAnalysis::dc)
      .function("clippedRuns", &ProgrammeAnalysis::clippedRuns)
      .function("clippedPlaces", &ProgrammeAnalysis::clippedPlaces)
      .function("overs", &ProgrammeAnalysis::overs)
      .function("overPlaces", &ProgrammeAnalysis::overPlaces)
      .function("bands", &ProgrammeAnalysis::bands)
      .function("spreads", &ProgrammeAnalysis::spreads)
      .function("placesAddress", &ProgrammeAnalysis::placesAddress)
      .function("moments", &ProgrammeAnalysis::moments)
      .function("momentsAddress", &ProgrammeAnalysis::momentsAddress);
}
