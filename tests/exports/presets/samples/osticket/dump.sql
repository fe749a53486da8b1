CREATE TABLE `ost_thread_entry` (`id` int, `thread_id` int, `staff_id` int, `user_id` int, `type` char(1), `flags` int, `poster` varchar(128), `source` varchar(32), `title` varchar(255), `body` text, `format` varchar(16), `created` datetime);
INSERT INTO `ost_thread_entry` VALUES (1,5,0,3,'M',65,'مینا','Web','سفارش','<p>سلام</p><p>سفارشم نرسید</p>','html','2024-05-12 10:00:00'),
(2,5,9,0,'N',64,'سارا','',NULL,'داخلی','html','2024-05-12 10:30:00'),
(3,5,9,0,'R',68,'سارا','',NULL,'نسخهٔ پیش','html','2024-05-12 11:00:00'),
(4,5,9,0,'R',66,'سارا','',NULL,'<p>فردا می&zwnj;رسد &amp; خبر می‌دهم</p><blockquote>سفارشم نرسید</blockquote>','html','2024-05-12 11:00:00'),
(5,6,9,0,'R',0,'سارا','',NULL,'کار','text','2024-05-12 11:00:00'),
(6,99,9,0,'R',0,'سارا','',NULL,'بی‌رشته','text','2024-05-12 11:00:00'),
(7,5,9,0,'X',0,'سارا','',NULL,'نوعی که نیست','text','2024-05-12 12:00:00');
CREATE TABLE `ost_thread` (`id` int, `object_id` int, `object_type` char(1), `extra` text);
INSERT INTO `ost_thread` VALUES (5,50,'T',NULL),(6,51,'A',NULL);
CREATE TABLE `ost_ticket` (`ticket_id` int, `number` varchar(20), `user_id` int, `staff_id` int, `dept_id` int, `source` varchar(16));
INSERT INTO `ost_ticket` VALUES (50,'100200',3,9,1,'Web');
