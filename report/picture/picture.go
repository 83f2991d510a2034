// Package picture says what the pictures of a report show: the timeline of all denials
// and that of an incident, the policies as bars, principals and buckets as a matrix, and
// what was read as a bar. [trail403/report/plot] draws them.
//
// The files, each using only those before it: picture.go, bins.go, stack.go, mark.go,
// timeline.go, policies.go, matrix.go, coverage.go.
package picture

// width is that of every picture, in its own units. A page makes it fit.
const width = 960
