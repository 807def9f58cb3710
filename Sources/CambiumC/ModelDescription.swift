internal import CambiumCore
internal import CambiumExport

/// What `cambium_model_describe` says.
struct ModelDescription: Encodable {
  let task: String
  let columns: [String]
  let inputs: [String]
  let targets: [String]
  let classes: [String]
  let units: Int
  let connections: Int
  let prunedConnections: Int
  let depth: Int
  let provenance: Provenance

  init(of handle: ModelHandle) {
    let model = handle.model
    let size = model.predictor.size
    task = model.preprocessing.task == .regression ? "regression" : "classification"
    columns = handle.columns
    inputs = model.preprocessing.inputs.map(\.name)
    targets = model.preprocessing.target.columnNames
    classes = model.preprocessing.target.classNames
    units = size.units
    connections = size.connections
    prunedConnections = model.prunedConnections ?? 0
    depth = size.depth
    provenance = model.provenance
  }
}
