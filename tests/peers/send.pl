# Sends each TEXT, with a NUL, as a message of type 1. Usage: send.pl KEY TEXT...
my $key = shift; $key = oct $key if $key =~ /^0/;
defined(my $queue = msgget($key, 0200)) or die "msgget: $!\n";
for my $text (@ARGV) {
    msgsnd($queue, pack("l! a*", 1, "$text\0"), 0) or die "msgsnd: $!\n";
}
