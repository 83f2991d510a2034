package incident

// Change is a moment at which something happened that could have caused events of some
// groups. It is evidence: groups that start right after it need few events to become an
// incident, because starts are rarely right after a change by chance.
type Change struct {
	At     int64
	Groups []int // indexes of the groups whose events it could have caused, ascending
	// Unlikely lists those of Groups for which something else is the usual cause.
	Unlikely []int
	// Proven lists those of Groups whose events it is known to have caused.
	Proven []int
}

// Changes holds the changes in order of time, and the longest delay between a change
// and its first event, in microseconds.
type Changes struct {
	List  []Change
	Reach int64
}

// Requirements for a change to explain an incident.
const (
	leastExplained = 4    // events in the first days
	explainedP     = 1e-3 // the largest probability that all groups together start this close to the change by chance
	partP          = 0.05 // the same for one group that counts as evidence
	// provenP stands for a group whose events the change is known to have caused.
	provenP = 1e-12
	// unlikely divides the allowed probability for groups for which something else is
	// the usual cause.
	unlikely = 30
	// burstGap is the silence that separates two bursts of a group.
	burstGap = hour
)

// explained is the evidence for one change: how improbable it is that its groups
// started this close after it by chance.
type explained struct {
	change   int
	evidence float64 // the negative logarithm of the probability
	members  []int
	proven   bool // it is known of a member that the change caused its events
}
