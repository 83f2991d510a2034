package coverage

// Log is another kind of log, which people take for CloudTrail.
type Log string

const (
	FlowLog         Log = "vpc-flow-log"
	LoadBalancerLog Log = "load-balancer-log"
	AccessLog       Log = "s3-access-log" // server access logs of S3
)

// Logs returns all other kinds of logs, in the order in which reports name them.
func Logs() []Log { return []Log{FlowLog, LoadBalancerLog, AccessLog} }

// OtherLogs counts the objects that are other kinds of logs.
type OtherLogs map[Log]Sample

// Sample is how many objects there are of a kind, and the name of one: the first in
// order.
type Sample struct {
	Objects int
	Name    string
}

func (l *OtherLogs) add(kind Log, more Sample) {
	if *l == nil {
		*l = OtherLogs{}
	}
	s, ok := (*l)[kind]
	if !ok || more.Name < s.Name {
		s.Name = more.Name
	}
	s.Objects += more.Objects
	(*l)[kind] = s
}

func (l *OtherLogs) merge(o OtherLogs) {
	for kind, sample := range o {
		l.add(kind, sample)
	}
}
