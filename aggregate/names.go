package aggregate

import (
	"trail403/aggregate/document"
	"trail403/aggregate/filter"
	"trail403/aggregate/finding"
	"trail403/aggregate/group"
	"trail403/aggregate/link"
	"trail403/aggregate/policy"
	"trail403/aggregate/recovery"
	"trail403/aggregate/rows"
	"trail403/aggregate/sight"
	"trail403/aggregate/statement"
	"trail403/aggregate/window"
)

// The parts of a Result, which the packages below define. Whoever reads a Result
// needs only this package.
type (
	Window   = window.Window
	Interval = window.Interval

	Shard      = rows.Shard
	Limits     = rows.Limits
	Limited    = rows.Limited
	LimitError = rows.LimitError
	Count      = rows.Count
	Top        = rows.Top
	Keys       = rows.CommonKeys

	Cause  = policy.Cause
	Policy = policy.Policy
	Layer  = policy.Layer

	Group   = group.Group
	Point   = group.Point
	From    = group.From
	Example = group.Example
	Trend   = group.Trend
	Link    = group.Link

	Recovery      = recovery.Recovery
	RecoveryState = recovery.State

	Incident  = finding.Incident
	Pattern   = finding.Pattern
	Shared    = finding.Shared
	Certainty = finding.Certainty

	Revision = document.Revision
	Held     = document.Held

	Statement = statement.Statement
	Proof     = statement.Proof

	Gap = sight.Gap
	// Unmatched is a pattern of a filter or rule that no denial matches.
	Unmatched = filter.Unmatched
)

// Intervals that a window can have.
const (
	Hour = window.Hour
	Day  = window.Day
	Week = window.Week
)

// The patterns of incidents.
const (
	BucketPolicy       = finding.BucketPolicy
	OrganizationPolicy = finding.OrganizationPolicy
	Identity           = finding.Identity
	Key                = finding.Key
	Endpoint           = finding.Endpoint
	ServiceDelivery    = finding.ServiceDelivery
	Enumeration        = finding.Enumeration
	Other              = finding.Other
)

// What became of the requests of a group since its last denial.
const (
	Fixed             = recovery.Fixed
	SucceedsElsewhere = recovery.Elsewhere
	NoRequestSince    = recovery.None
)

// How sure the change is that an incident names first.
const (
	Proven   = finding.Proven
	Probable = finding.Probable
	Possible = finding.Possible
)

// What a limit can count.
const (
	OverRows   = rows.OverRows
	OverGroups = rows.OverGroups
	OverParts  = rows.OverParts
)

// Defaults of options.
const (
	DefaultMaxRows      = rows.DefaultMaxRows
	DefaultMaxGroups    = rows.DefaultMaxGroups
	DefaultChangeWindow = link.DefaultWindow
)

// NewShard returns an empty shard. With details it keeps the message and object key
// of every denial, which costs several hundred bytes each, so that
// [Result.Denials] has them.
func NewShard(limits *Limits, details bool) *Shard { return rows.NewShard(limits, details) }

// ParseInterval reads an interval such as 1h, 6h, 1d or 7d.
func ParseInterval(s string) (Interval, error) { return window.ParseInterval(s) }

// GroupID returns the stable id of a group.
func GroupID(principal, action, bucket string) string { return group.ID(principal, action, bucket) }
