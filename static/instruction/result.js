/* While the work goes on, look again every three seconds. Without this file, the link « Actualiser » does the same. */
setTimeout(() => location.reload(), 3000);
