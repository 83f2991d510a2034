package policydoc

// Truth is the answer to a question about a request that the log shows in part.
// The smaller of two answers is that of "and", and the larger that of "or".
type Truth int8

const (
	Fails  Truth = iota // it does not hold
	Unseen              // it depends on something that is not visible in the log
	Holds               // it holds
)

// truthOf returns Holds or Fails.
func truthOf(holds bool) Truth {
	if holds {
		return Holds
	}
	return Fails
}

// not returns the opposite answer. What is unseen stays unseen.
func (t Truth) not() Truth { return Holds - t }
