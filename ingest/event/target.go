package event

// Target is a thing that a change touched, or that a denial has to do with: they
// are the same thing if they are equal. Package change makes targets.
type Target struct {
	Type string // bucket, role, policy, …: one of change.Types
	Name string
}
