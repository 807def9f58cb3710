internal import CambiumCore
internal import CCambium

/// Passes on to a caller what growth tells, as JSON, and to growth whether the caller wants an end.
struct GrowthListener: FitObserver {
  private let listener: cambium_listener?
  // A pointer that is given back to the caller, nothing else: the caller answers for threads.
  private nonisolated(unsafe) let context: UnsafeMutableRawPointer?
  private let stop: StopHandle?

  init(_ listener: cambium_listener?, context: UnsafeMutableRawPointer?, stop: StopHandle?) {
    (self.listener, self.context, self.stop) = (listener, context, stop)
  }

  var isInterrupted: Bool { stop?.isRequested ?? false }

  func observe(_ event: FitEvent) {
    guard let listener, let words = Words(event), let text = try? JSONArguments.text(words) else { return }
    text.withCString { listener(context, $0) }
  }
}

/// An event as callers hear it.
private struct Words: Encodable {
  let event: String
  var text: String?
  /// Which of the networks to choose by.
  var of: String?
  var round: RoundRecord?

  /// Nil for what growth never tells.
  init?(_ event: FitEvent) {
    switch event {
    case .stage(let text): (self.event, self.text) = ("stage", text)
    case .decision(let text): (self.event, self.text) = ("decision", text)
    case .round(let round): (self.event, self.round) = ("round", round)
    case .trialRound(let name, let round): (self.event, of, self.round) = ("trialRound", name, round)
    case .epoch, .weightPath: return nil
    }
  }

  private enum CodingKeys: String, CodingKey { case event, text, of }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(event, forKey: .event)
    try container.encodeIfPresent(text, forKey: .text)
    try container.encodeIfPresent(of, forKey: .of)
    try round?.encode(to: encoder)
  }
}
