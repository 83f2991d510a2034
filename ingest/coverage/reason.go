package coverage

// Reason says why an object was skipped: it holds no records that could count.
type Reason string

const (
	SkipDigest         Reason = "digest"
	SkipInsight        Reason = "insight"
	SkipAggregated     Reason = "aggregated"
	SkipConfig         Reason = "config"
	SkipS3Notification Reason = "s3-notification"
	SkipOutsideWindow  Reason = "outside-window"
	SkipNotSelected    Reason = "not-selected"
	SkipNotCloudTrail  Reason = "not-cloudtrail"
	SkipUnsupported    Reason = "unsupported-shape"
	SkipEmpty          Reason = "empty"
)

// Reasons returns all reasons, in the order in which reports show them.
func Reasons() []Reason {
	return []Reason{
		SkipDigest, SkipInsight, SkipAggregated, SkipConfig, SkipS3Notification,
		SkipOutsideWindow, SkipNotSelected, SkipNotCloudTrail, SkipUnsupported, SkipEmpty,
	}
}

// Shape is a form in which an object may hold CloudTrail, but which is not read.
// It comes with [SkipUnsupported].
type Shape string

const (
	Parquet       Shape = "parquet"
	XZ            Shape = "xz"
	NestedArchive Shape = "nested-archive"
	LakeResults   Shape = "lake-results"
	Elasticsearch Shape = "elasticsearch"
	Splunk        Shape = "splunk"
)

// Shapes returns all shapes.
func Shapes() []Shape {
	return []Shape{Parquet, XZ, NestedArchive, LakeResults, Elasticsearch, Splunk}
}
