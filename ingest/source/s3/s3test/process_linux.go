package s3test

import "syscall"

// DieWithParent makes a server end with the test that starts it, even if that has no time to
// end it.
func DieWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
