package event

// Wanted names something whose policies could explain denials. Its names are hostile, as
// those of denials are.
type Wanted struct {
	// Of is a bucket, access point, key, VPC endpoint, role, user or policy. An account
	// stands for the SCPs or RCPs that apply to it.
	Of   Target
	Kind Policy // SCP or RCP, where Of is an account or a policy of an organization
	// Settings asks also for what a bucket has beside its policy: Block Public Access,
	// ownership and ACL.
	Settings bool

	Account string // that has it: 12 digits, or empty if that is not known
	Region  string // of the requests, or of the thing itself
	Denials int
}

// Key returns what distinguishes things that are wanted.
func (w *Wanted) Key() [3]string { return [3]string{w.Of.Type, w.Of.Name, string(w.Kind)} }
