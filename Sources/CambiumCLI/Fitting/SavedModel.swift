import CambiumExport
import CambiumLab

/// Models that were saved before.
enum SavedModel {
  /// The model in a file, of any learner of the catalogue.
  static func read(_ path: String) throws -> Model {
    try ModelFile.read(path) { name in try? LearnerCatalogue.standard.kind(named: name).predictorType }
  }
}
