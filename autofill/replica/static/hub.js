// The hub page: its only moving part is a chat that is never open.
document.getElementById("chat").addEventListener("click", () => {
  document.getElementById("chat-note").textContent = "Chat is closed right now. Please call, or use Email Us.";
});
