package coverage

import "slices"

// DataEvents says of each account, by the names of the objects, whether a data event
// of S3 is among its records. It has only accounts of which a record was read. The
// empty account stands for objects whose names do not tell.
type DataEvents map[string]bool

// Any says whether any record that was read is a data event.
func (d DataEvents) Any() bool {
	for _, seen := range d {
		if seen {
			return true
		}
	}
	return false
}

// Without returns the accounts that have no data event while others have some,
// sorted. Data events in objects of an unknown account may be those of any.
func (d DataEvents) Without() (accounts []string) {
	if d[""] || !d.Any() {
		return nil
	}
	for account, seen := range d {
		if !seen && account != "" {
			accounts = append(accounts, account)
		}
	}
	slices.Sort(accounts)
	return accounts
}

func (d *DataEvents) add(account string, seen bool) {
	if *d == nil {
		*d = DataEvents{}
	}
	(*d)[account] = (*d)[account] || seen
}

func (d *DataEvents) merge(o DataEvents) {
	for account, seen := range o {
		d.add(account, seen)
	}
}
