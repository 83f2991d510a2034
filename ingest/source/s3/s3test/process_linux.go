package s3test

import "syscall"

// dieWithParent ends the server even if the test has no time to.
func dieWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
