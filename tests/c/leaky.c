/*
 * Sends what nobody wrote: 3 of the 256 bytes are set, the kernel is handed all of them. `cargo xtask valgrind` runs
 * this first, to see that valgrind reports such a thing on this machine; only then does its silence mean something.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

struct message {
    long type;
    char text[256];
};

int main(void)
{
    struct message *msg = malloc(sizeof *msg);
    int queue = msgget(IPC_PRIVATE, 0600);
    if (msg == NULL || queue == -1)
        return 1;

    msg->type = 1;
    strcpy(msg->text, "hi");
    int sent = msgsnd(queue, msg, sizeof msg->text, IPC_NOWAIT);

    free(msg);
    int removed = msgctl(queue, IPC_RMID, NULL);
    return sent == -1 || removed == -1;
}
